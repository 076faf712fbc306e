import { Directive, ElementRef, afterEveryRender, inject } from '@angular/core';

/** Shows how often the application was rendered since it is there. Not by a signal: that would render once more. */
@Directive({ selector: 'output[appRenders]' })
export class Renders {
  constructor() {
    const output = inject<ElementRef<HTMLOutputElement>>(ElementRef).nativeElement;
    let count = 0;
    afterEveryRender({
      write: () => {
        output.textContent = String(++count);
      },
    });
  }
}

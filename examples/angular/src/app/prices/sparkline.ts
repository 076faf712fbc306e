import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** The course of some numbers, without axes. */
@Component({
  selector: 'app-sparkline',
  template: `
    <svg viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true">
      <polyline [attr.points]="points()" />
    </svg>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Sparkline {
  readonly values = input.required<readonly number[]>();

  protected readonly points = computed(() => {
    const values = this.values();
    const low = Math.min(...values);
    const height = Math.max(...values) - low || 1;
    const step = 100 / Math.max(values.length - 1, 1);
    return values
      .map(
        (value, index) => `${(index * step).toFixed(1)},${(28 - (26 * (value - low)) / height).toFixed(1)}`,
      )
      .join(' ');
  });
}

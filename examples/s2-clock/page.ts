import { fromEventSource } from 'rxjs-http-streams';

const showIn =
  (id: string) =>
  ({ data }: { readonly data: unknown }): void => {
    const time = document.getElementById(id) as HTMLTimeElement;
    time.dateTime = String(data);
    time.textContent = new Date(time.dateTime).toLocaleTimeString();
  };

new EventSource('clock').onmessage = showIn('native');
fromEventSource('clock').subscribe(showIn('observable'));

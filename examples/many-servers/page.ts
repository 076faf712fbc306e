import { fromEventSource } from 'rxjs-http-streams';

/** Numbers that a list shows. */
const SHOWN = 20;

/** Messages that one of the clients has received. */
const seen = (id: string) => {
  const list = document.getElementById(id)!;
  let last = 0;
  let count = 0;
  let lost = 0;
  let doubled = 0;
  return {
    number(data: string): void {
      const n = Number(data);
      count++;
      lost += Math.max(0, n - last - 1);
      if (n <= last) doubled++;
      last = Math.max(n, last);
      const item = document.createElement('li');
      item.textContent = data;
      list.append(item);
      if (list.childElementCount > SHOWN) list.firstElementChild?.remove();
      document
        .getElementById(`${id}-count`)
        ?.replaceChildren(`${count} numbers, ${lost} lost, ${doubled} twice`);
    },
    state(text: string): void {
      document.getElementById(`${id}-state`)?.replaceChildren(text);
    },
  };
};

const byBrowser = seen('native');
const native = new EventSource('numbers');
native.onopen = () => {
  byBrowser.state('open');
};
native.onerror = () => {
  byBrowser.state('reconnecting');
};
native.onmessage = ({ data }) => {
  byBrowser.number(data as string);
};

const byUs = seen('observable');
fromEventSource('numbers', { observe: 'lifecycle' }).subscribe((event) => {
  if (event.type === 'value') byUs.number(event.value.data);
  else if (event.type === 'open')
    byUs.state(`open, served by process ${event.response.headers.get('server')}`);
  else if (event.type !== 'progress') byUs.state(event.type);
});

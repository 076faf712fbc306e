import { fromEvent, switchMap } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { cut } from './cut';
import type { NumberedNumber } from './numbers';

const feed = new URLSearchParams(location.search).get('feed') ?? '';

function show(list: string, data: string): void {
  const { id, number } = JSON.parse(data) as NumberedNumber;
  const item = document.createElement('li');
  const value = document.createElement('b');
  item.dataset.id = String(id);
  value.textContent = String(number);
  item.append(`#${id} `, value);
  document.getElementById(list)?.append(item);
}

function say(list: string, state: string): void {
  document.getElementById(`${list}-state`)?.replaceChildren(state);
}

const native = new EventSource(`${feed}/numbers`);
native.onopen = () => {
  say('native', 'open');
};
native.onerror = () => {
  say('native', 'reconnecting');
};
native.onmessage = ({ data }) => {
  show('native', data as string);
};

fromEventSource(`${feed}/numbers`, { observe: 'lifecycle' }).subscribe((event) => {
  if (event.type === 'value') show('observable', event.value.data);
  else if (event.type !== 'progress') say('observable', event.type);
});

fromEvent(document.forms[0]!, 'submit')
  .pipe(
    switchMap((event) => {
      event.preventDefault();
      return cut(feed);
    }),
  )
  .subscribe();

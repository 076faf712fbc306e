import type { SseMessage } from 'rxjs-http-streams';

/** The result of a whole event stream. */
export interface ReferenceSse {
  readonly messages: readonly SseMessage[];
  readonly lastEventId: string;
  readonly retry: number | undefined;
}

/** WHATWG HTML §9.2.6 word for word, over the whole text without its byte order mark. */
export function referenceSse(text: string): ReferenceSse {
  const messages: SseMessage[] = [];
  let lastEventId = '';
  let retry: number | undefined;
  let dataBuffer = '';
  let typeBuffer = '';
  let idBuffer = '';

  const processField = (field: string, value: string): void => {
    switch (field) {
      case 'event':
        typeBuffer = value;
        break;
      case 'data':
        dataBuffer += `${value}\n`;
        break;
      case 'id':
        if (!value.includes('\0')) idBuffer = value;
        break;
      case 'retry':
        if (value !== '' && Array.from(value).every((digit) => '0123456789'.includes(digit)))
          retry = Number(value);
        break;
    }
  };

  const dispatch = (): void => {
    lastEventId = idBuffer;
    if (dataBuffer !== '') {
      const data = dataBuffer.slice(0, -1);
      messages.push({ type: typeBuffer === '' ? 'message' : typeBuffer, data, id: lastEventId });
    }
    dataBuffer = '';
    typeBuffer = '';
  };

  // What follows the last line end is no line: the end of the file discards it.
  for (const line of text.split(/\r\n|\r|\n/).slice(0, -1)) {
    if (line === '') {
      dispatch();
    } else if (!line.startsWith(':')) {
      const [field = '', ...rest] = line.split(':');
      const value = rest.join(':');
      processField(field, value.startsWith(' ') ? value.slice(1) : value);
    }
  }
  return { messages, lastEventId, retry };
}

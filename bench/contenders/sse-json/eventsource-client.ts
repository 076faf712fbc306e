import { parsing } from '../contender';
import { read as readMessages } from '../sse/eventsource-client';

export const read = parsing(readMessages);

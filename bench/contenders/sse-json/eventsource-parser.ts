import { parsing } from '../contender';
import { read as readMessages } from '../sse/eventsource-parser';

export const read = parsing(readMessages);

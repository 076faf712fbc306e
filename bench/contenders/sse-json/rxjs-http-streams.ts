import { parsing } from '../contender';
import { read as readMessages } from '../sse/rxjs-http-streams';

export const read = parsing(readMessages);

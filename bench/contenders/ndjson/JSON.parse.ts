export { parseOnly as read } from '../floor';

export { readAndParse as read } from '../floor';

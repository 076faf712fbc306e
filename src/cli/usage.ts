export const USAGE = `npx rxjs-http-streams [options] <url>

Prints a stream as it arrives: Server-Sent Events by their data, NDJSON by its values (as JavaScript writes them), one
a line; anything else as text. The content type says which it is. On a terminal control characters are shown as \\x1b
and so on; into a pipe or a file everything goes as it came.

  --post <body>            sends a POST: a text, @file, or - for the standard input; JSON goes as application/json
  --header 'name: value'   one more header; as often as you like
  --format <format>        sse, ndjson or text, whatever the content type says
  --json <path>            prints the part of each JSON value at a path: choices.0.delta.content
                           (strings as they are, nothing for null; . is the whole value)
  --join                   no line break after each: the words of a chat
  --messages               the messages of an event stream whole: {"type":"tick","data":"1","id":"7"}
  --until <marker>         ends at this data, value or line ('[DONE]'); an end without it is a cut
  --timeout <seconds>      how long to wait for the next byte, comments count (Node's own limit is 300)
  --reconnect              an event stream goes on after cuts and ends as in a browser, from its last event ID.
                           Not without being asked: a cut that is mended is not seen
  --help

Exit codes

    0   the stream finished, or who reads the output has left
    1   anything not below: a wrong command line, no connection, what is not JSON
    2   the server refused: an HTTP status other than success
    3   cut off: the connection broke, or the end came without the marker or within a value
    4   timed out
    5   the server said that the stream failed
  130   Ctrl-C, 143 SIGTERM
`;

const SYNOPSIS = 'npx rxjs-http-streams [options] <url>';

const EXAMPLES = `  npx rxjs-http-streams https://example.com/feed
  npx rxjs-http-streams https://example.com/v1/chat/completions \\
    --post @question.json --header "authorization: Bearer $KEY" \\
    --until '[DONE]' --json choices.0.delta.content --join`;

/** Text that the command prints if it has no arguments, above the line that says what is missing. */
export const BRIEF = `${SYNOPSIS}

Prints a stream as it arrives: Server-Sent Events, NDJSON or text.

${EXAMPLES}

`;

/** Text that `--help` prints. */
export const USAGE = `${SYNOPSIS}

Prints a stream as it arrives: the data of Server-Sent Events and the values of
NDJSON (as JavaScript writes them), one a line, and any other body as text. The
content type decides about the format. On a terminal, control characters are
printed as \\x1b and so on, and the output ends with a line break; into a pipe or
a file the text goes unchanged.

  --post <body>           sends a POST: a text, @file, or - for the standard
                          input; JSON is sent as application/json
  --header 'name: value'  adds a header; may be repeated
  --format <format>       sse, ndjson or text, whatever the content type is
  --json <path>           prints the part of each JSON value at a path:
                          choices.0.delta.content (strings without quotes,
                          nothing for null; . is the whole value)
  --join                  prints no line break after each value: for the words
                          of a chat
  --messages              prints whole messages of an event stream:
                          {"type":"tick","data":"1","id":"7"}
  --until <marker>        ends at this data, value or line ('[DONE]'); an end
                          without the marker counts as cut off
  --timeout <seconds>     maximum wait for the next byte, comments included
                          (Node's own limit is 300)
  --reconnect             reconnects an event stream when it is cut off or ends,
                          as a browser does, after its last event ID. Off by
                          default, because it hides cuts
  --version               prints the version
  --help                  prints this text

Examples

${EXAMPLES}

Exit codes

    0   the stream finished, or the reader of the output closed the pipe
    1   any other error: a wrong command line, no connection, invalid JSON
    2   the server refused: an HTTP status other than success
    3   cut off: the connection broke, or the stream ended without the marker or
        within a value
    4   timed out
    5   the server reported that the stream failed
  130   Ctrl-C, 143 SIGTERM
`;

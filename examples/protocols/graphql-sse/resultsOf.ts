import { OperationTypeNode, execute, getOperationAST, parse, subscribe, validate } from 'graphql';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { ExecutionResult, RequestParams } from 'graphql-sse';
import { catchError, defer, finalize, from, mergeMap, of } from 'rxjs';
import type { Observable } from 'rxjs';

/** Executes an operation of any kind. `from` does not return a generator that it has left: `finalize` does. */
export const resultsOf = (schema: GraphQLSchema, operation: RequestParams): Observable<ExecutionResult> =>
  defer(async () => {
    const { query, operationName, variables: variableValues } = operation;
    const args = { schema, document: parse(query), operationName, variableValues };
    const errors = validate(schema, args.document);
    if (errors.length > 0) return { errors };
    const isStream =
      getOperationAST(args.document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
    return isStream ? subscribe(args) : execute(args);
  }).pipe(
    catchError((error: unknown) => of({ errors: [error as GraphQLError] })),
    mergeMap((result) =>
      Symbol.asyncIterator in result ? from(result).pipe(finalize(() => void result.return())) : of(result),
    ),
  );

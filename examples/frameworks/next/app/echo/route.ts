/** A handler that reads the body of its request. */
export const POST = async (request: Request): Promise<Response> => Response.json(await request.json());

/** Failure that an API server reports. The code 410 means that it has deleted the changes since the version. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor({ code, message }: { readonly code: number; readonly message?: string }) {
    super(message);
    this.status = code;
  }
}

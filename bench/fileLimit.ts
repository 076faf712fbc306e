/** Files that a process may have open: Node raises its limit to what the system allows. */
export function fileLimit(): number {
  const { userLimits } = process.report.getReport() as unknown as {
    readonly userLimits: { readonly open_files: { readonly hard: number | 'unlimited' } };
  };
  const { hard } = userLimits.open_files;
  return hard === 'unlimited' ? Infinity : hard;
}

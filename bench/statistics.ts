export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle) - 1] ?? NaN)) / 2;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const least = (values: readonly number[]): number => Math.min(...values);

export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** Half of the distance between the extremes, as a share of the median. */
export const scatter = (values: readonly number[]): number =>
  (Math.max(...values) - Math.min(...values)) / 2 / median(values);

/** By how much the median exceeds the least, as a share of it. */
export const spread = (values: readonly number[]): number => median(values) / least(values) - 1;

/** By how much the second-least exceeds the least, as a share of it: how well the least is known. */
export function leastGap(values: readonly number[]): number {
  const [first = NaN, second = first] = [...values].sort((a, b) => a - b);
  return second / first - 1;
}

/** The power of `sizes` that `costs` grow with: the slope of the least-squares line through their logarithms. */
export function growthExponent(sizes: readonly number[], costs: readonly number[]): number {
  const x = sizes.map(Math.log);
  const y = costs.map(Math.log);
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, i) => sum + (value - meanX) * ((y[i] ?? NaN) - meanY), 0);
  return covariance / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
}

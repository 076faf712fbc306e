const whole = new Intl.NumberFormat('en');
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const formatCount = (count: number): string => whole.format(count);

/** One digit after the point, always: numbers that change should not jump. */
export const formatTenths = (value: number): string => tenths.format(value);

export const formatMegabytes = (bytes: number): string => `${tenths.format(bytes / 1e6)} MB`;

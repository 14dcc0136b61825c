/** A day of the calendar, `YYYY-MM-DD`, of no time zone. */
export type Day = string;

const pad = (value: number) => String(value).padStart(2, '0');

/** The day it is at that moment where the browser is. */
export const localDay = (date: Date): Day =>
  `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;

export const tomorrow = (now: Date): Day =>
  localDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1));

/** The last moment of the day where the browser is, for the server. */
export const endOfDay = (day: Day): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 23, 59, 59, 999).toISOString();
};

/**
 * The design system's DatePicker answers with local midnight but reads its `value` in UTC: given
 * back what it answered, it shows the day before anywhere east of Greenwich (2.2).
 */
export const toPicker = (day: Day): Date => new Date(`${day}T00:00:00Z`);

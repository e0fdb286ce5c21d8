// The calendar: core/calendar.py. A day is a whole number, 1 for 1 January of the year 1, so that no clock or time zone has a say.

const LAST_YEAR = 9999;
const LAST_DAY = 3652059; // 9999-12-31
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year) {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysInMonth(year, month) {
  return month === 2 && isLeap(year) ? 29 : MONTHS[month - 1];
}

function daysBefore(year) {
  const past = year - 1;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
}

function dayNumber(year, month, day) {
  let number = daysBefore(year) + day;
  for (let earlier = 1; earlier < month; earlier++) number += daysInMonth(year, earlier);
  return number;
}

function calendarDate(number) {
  // The years so far are no longer than 365.25 days on average, so that this is never too late.
  let year = Math.floor((number - 1) / 365.25) + 1;
  while (daysBefore(year + 1) < number) year++;
  let day = number - daysBefore(year);
  let month = 1;
  while (day > daysInMonth(year, month)) day -= daysInMonth(year, month++);
  return { year, month, day };
}

// The number of a day written as 2025-06-01, or undefined where the text is no day of the calendar.
function dayStated(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return undefined;
  const [year, month, day] = parts.slice(1).map(Number);
  const real = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return real ? dayNumber(year, month, day) : undefined;
}

// The days of a month written as 2025-06, or undefined where the text is no month of the calendar.
function monthStated(text) {
  const first = dayStated(`${text}-01`);
  if (first === undefined) return undefined;
  const { year, month } = calendarDate(first);
  return { first, last: first + daysInMonth(year, month) - 1 };
}

function inCalendar(day) {
  return Math.min(Math.max(day, 1), LAST_DAY);
}

// The day so long after (`sign` 1) or before (-1) a day, held within the calendar. Weeks are seven days, years twelve
// months; a month that lacks the day ends on its last day.
function shifted(day, { count, unit }, sign) {
  if (unit === "days" || unit === "weeks") return inCalendar(day + sign * count * (unit === "weeks" ? 7 : 1));
  const from = calendarDate(day);
  const months = from.year * 12 + from.month - 1 + sign * count * (unit === "years" ? 12 : 1);
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  if (year < 1) return 1;
  if (year > LAST_YEAR) return LAST_DAY;
  return dayNumber(year, month, Math.min(from.day, daysInMonth(year, month)));
}

const CYCLE = 4800; // months after which the calendar repeats itself
const CYCLE_DAYS = 146097;
const monthEnds = [];
const lengthsOf = new Map();

// The fewest and the most days that a duration can have when it is counted later (`sign` 1) or earlier (-1): from all the
// days of a month it has a length between those from its first and its last day.
function lengths({ count, unit }, sign) {
  if (unit === "days" || unit === "weeks") return Array(2).fill(count * (unit === "weeks" ? 7 : 1));
  const months = count * (unit === "years" ? 12 : 1);
  const key = months * sign;
  if (!lengthsOf.has(key)) {
    if (monthEnds.length === 0) {
      for (let month = 0; month < CYCLE; month++) {
        const first = dayNumber(2000 + Math.floor(month / 12), (month % 12) + 1, 1);
        monthEnds.push(first, shifted(first, { count: 1, unit: "months" }, 1) - 1);
      }
    }
    const part = { count: months % CYCLE, unit: "months" };
    const found = monthEnds.map((day) => sign * (shifted(day, part, sign) - day));
    const whole = Math.floor(months / CYCLE) * CYCLE_DAYS;
    lengthsOf.set(key, [Math.min(...found) + whole, Math.max(...found) + whole]);
  }
  return lengthsOf.get(key);
}

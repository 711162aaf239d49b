/** The lessons of the page. */

/** The names of the lessons that this file holds. */
export const listLessons = () => [];

/** Begin a lesson. */
export function startLesson() {}

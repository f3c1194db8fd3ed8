import { exact } from '../format.ts';
import { area } from './area.ts';

/** The page of goals, and its dialogs. */
export const goals = area('goals', {
  goals: 'Goals',
  newGoal: 'New goal',
  none: 'What should visitors do?',
  noneText:
    'Buy, sign up, reach a page: set it as a goal and see who did, where they came from, and how it went, in their recordings. Its numbers go back to the first visit.',
  inOverview: 'Those who reached it, in the overview',
  actions: 'Actions',
  actionsOf: (goal: string) => `Actions of ${goal}`,
  edit: 'Edit',
  itsVisits: 'Its visits',
  itsRecordings: 'Its recordings',

  pageOf: (path: string) => `Page ${path}`,
  eventOf: (event: string, conditions: string[]) =>
    `Event “${event}”${conditions.length ? ` where ${conditions.join(' and ')}` : ''}`,

  change: 'Change the goal',
  changed: 'Goal changed',
  isSet: 'Goal set; it counts all that was collected so far',
  inUse: 'There is a goal of this name already.',
  kind: 'Kind of goal',
  eventHappens: 'An event happens',
  pageSeen: 'A page is seen',
  event: 'Event',
  eventHint: (event: string) => (
    <>
      As the page sends it: <code>footfall('{event}')</code>
    </>
  ),
  page: 'Page',
  pageHint: () => (
    <>
      <code>*</code> stands for anything but a slash, <code>**</code> for anything.
    </>
  ),
  nameExample: 'Sign-ups',
  nameHint: 'What it is called in the dashboard.',
  set: 'Set goal',
  preview: (events: number, visitors: number) =>
    `In the last 30 days: ${exact(events)} ${events === 1 ? 'time' : 'times'}, by ${exact(visitors)} ${visitors === 1 ? 'visitor' : 'visitors'}.`,

  conditions: 'Only where',
  property: (nth: number) => `Property ${nth}`,
  comparison: (nth: number) => `Comparison ${nth}`,
  value: (nth: number) => `Value ${nth}`,
  removeCondition: (nth: number) => `Remove condition ${nth}`,
  addCondition: '+ Condition',

  deleteMeans: 'Only the goal goes. Visits and events stay, so that the same goal made again has the same numbers.',
});

import { expect, test } from 'vitest';

import { splitName } from './split-name.ts';

test.each([
  ['Dela Cruz, Juan P.', 'Dela Cruz', 'Juan P.'],
  ['CRUZ, JUAN, PEREZ', 'CRUZ', 'JUAN PEREZ'],
  ['CRUZ, JUAN, JR., PEREZ', 'CRUZ JR.', 'JUAN PEREZ'],
  ['Reyes Jr., Ben', 'Reyes Jr.', 'Ben'],
  ['Juan Reyes, Jr.', 'Reyes Jr.', 'Juan'],
  ['Juan dela Cruz', 'dela Cruz', 'Juan'],
  ['Maria Clara de los Santos', 'de los Santos', 'Maria Clara'],
  ['Ma. Teresa San Jose', 'San Jose', 'Ma. Teresa'],
  ['Pieter van der Berg', 'van der Berg', 'Pieter'],
  ['Ben Reyes III', 'Reyes III', 'Ben'],
  ['  Anna   Smith ', 'Smith', 'Anna'],
  ['Madonna', 'Madonna', ''],
  ['', '', ''],
  ['Jr.', 'Jr.', ''],
])('%j', (fullName, lastName, firstName) => {
  expect(splitName(fullName)).toEqual({ lastName, firstName });
});

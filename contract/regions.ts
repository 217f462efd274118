/**
 * The markets that Papel serves and what holds in each: the one registry, for the edge and for an app without it. What a
 * deployment changes comes on top: config.ts. Laws are read by engineers here, not by lawyers (decisions/0011).
 */
import * as v from 'valibot';

/** `UK` is the market, `GB` the country: countries are told from each other by `countries` below. */
export const markets = ['US', 'UK', 'EU', 'AU', 'PH'] as const;
export type Market = (typeof markets)[number];

/** Looked up in the list, so that `constructor` and its like are no markets. */
export function isMarket(name: string): name is Market {
  return markets.some((market) => market === name);
}

/** What can be switched. `analytics` is that the user may be asked to let Papel count how it runs. */
export const features = [
  'document-scanning',
  'answer-sheets',
  'handwriting',
  'face-detection',
  'analytics',
  'debug',
] as const;
export type Feature = (typeof features)[number];

/** Millimetres; Letter is 8.5 x 11 inches, folio ("long bond paper") 8.5 x 13. */
export const paperSizes = {
  a4: { width: 210, height: 297 },
  letter: { width: 215.9, height: 279.4 },
  folio: { width: 215.9, height: 330.2 },
} as const;
const papers = ['a4', 'letter', 'folio'] as const satisfies readonly (keyof typeof paperSizes)[];

/** Where Papel's own deployments can be, and the country of each. */
export const hostRegions = {
  'us-east-1': 'US',
  'eu-west-2': 'GB',
  'eu-west-1': 'IE',
  'ap-southeast-2': 'AU',
  'ap-southeast-1': 'SG',
} as const;

const languageTag = v.pipe(v.string(), v.regex(/^[a-z]{2,3}(?:-[A-Z]{2})?$/, 'a BCP 47 tag such as en-PH'));
export const countrySchema = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'an ISO 3166 code such as PH'));
const name = v.pipe(v.string(), v.trim(), v.nonEmpty());
const length = v.pipe(v.number(), v.gtValue(0));

/** What the app is told of a market; the rest of the registry is the edge's business. */
export const marketEntries = {
  languages: v.pipe(v.array(languageTag), v.minLength(1)),
  timeZones: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[A-Z]\w+(?:\/[\w-]+)+$/, 'such as Asia/Manila'))),
    v.minLength(1),
  ),
  /** ISO 4217. */
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'such as PHP')),
  paper: v.object({
    /** What a PDF is made for unless someone chooses. */
    usual: v.picklist(['a4', 'letter']),
    /** What else lies in printers. */
    others: v.array(v.picklist(papers)),
  }),
  idPhotos: v.pipe(
    v.array(v.object({ name, width: length, height: length, unit: v.picklist(['mm', 'in']) })),
    v.minLength(1),
  ),
  /** As people say them, and in full. */
  laws: v.pipe(v.array(v.object({ name, title: name })), v.minLength(1)),
  /** From this age on, a user may agree without parents. */
  consentAge: v.pipe(v.number(), v.integer(), v.minValue(13), v.maxValue(18)),
  /** Whether Papel counts how it runs before anyone was asked. */
  telemetryDefault: v.picklist(['off', 'on']),
  /** How long the edge keeps what it counted; at most what the slowest of its stores takes, which is CloudWatch. */
  retentionDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(455)),
  /**
   * After how many days a teacher is asked whether pupils' sheets may go from the device. A year, and two where a school
   * year's marks may still be asked for in the next one: defaults of engineers; a school's own rule goes before them. An
   * edge of an earlier version does not say it.
   */
  pupilDataDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(30), v.maxValue(3650)), 365),
} as const;

export const regionSchema = v.strictObject({
  ...marketEntries,
  /** What a CDN's viewer-country header says there; each country is in one market at most. */
  countries: v.pipe(v.array(countrySchema), v.minLength(1)),
  /** Where Papel's own deployment for this market is. */
  hostRegion: v.picklist(Object.keys(hostRegions)),
  /** What a transfer to a host in another country rests on. */
  transferRule: name,
  /** What is on before a school has decided. */
  features: v.strictObject(v.entriesFromList(features, v.boolean())),
});
export type Region = Readonly<v.InferOutput<typeof regionSchema>>;

/**
 * The same everywhere until there is a reason: faces are never looked for, and nothing is counted, before a school has
 * decided so. COPPA as amended counts what a face is recognised by as personal; the others ask for the safest default.
 */
const quietFeatures: Region['features'] = {
  'document-scanning': true,
  'answer-sheets': true,
  handwriting: true,
  'face-detection': false,
  analytics: false,
  debug: false,
};

/** Papel is made for schools, so there are children in every market. A month shows a bad release; no law asks for more. */
const whereChildrenAre = { telemetryDefault: 'off', retentionDays: 30, features: quietFeatures } as const;

const memberStates = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
/** Those that have country codes of their own. */
const partsOfMemberStates = ['AX', 'GF', 'GP', 'MF', 'MQ', 'RE', 'YT'];

const passportPhoto = { name: 'Passport', width: 35, height: 45, unit: 'mm' } as const;
const twoByTwo = { name: '2 x 2', width: 2, height: 2, unit: 'in' } as const;

export const regions: Readonly<Record<Market, Region>> = {
  US: {
    ...whereChildrenAre,
    pupilDataDays: 365,
    languages: ['en-US'],
    timeZones: [
      'America/New_York',
      'America/Chicago',
      'America/Denver',
      'America/Phoenix',
      'America/Los_Angeles',
      'America/Anchorage',
      'Pacific/Honolulu',
      'America/Puerto_Rico',
      'Pacific/Guam',
    ],
    currency: 'USD',
    paper: { usual: 'letter', others: [] },
    idPhotos: [twoByTwo],
    laws: [
      { name: 'FERPA', title: 'Family Educational Rights and Privacy Act' },
      { name: 'COPPA', title: "Children's Online Privacy Protection Act" },
    ],
    // COPPA.
    consentAge: 13,
    // Territories have country codes of their own.
    countries: ['US', 'PR', 'GU', 'VI', 'AS', 'MP'],
    hostRegion: 'us-east-1',
    transferRule: 'FERPA, 34 CFR 99.31',
  },
  UK: {
    ...whereChildrenAre,
    pupilDataDays: 365,
    languages: ['en-GB'],
    timeZones: ['Europe/London'],
    currency: 'GBP',
    paper: { usual: 'a4', others: [] },
    idPhotos: [passportPhoto],
    laws: [
      { name: 'UK GDPR', title: 'UK General Data Protection Regulation' },
      { name: 'Children’s Code', title: 'Age appropriate design: a code of practice for online services' },
    ],
    // Data Protection Act 2018, section 9.
    consentAge: 13,
    countries: ['GB'],
    hostRegion: 'eu-west-2',
    transferRule: 'UK GDPR, Articles 44 to 49',
  },
  EU: {
    ...whereChildrenAre,
    pupilDataDays: 365,
    // Of the languages that the app speaks; member states write English as in Ireland.
    languages: ['en-GB'],
    timeZones: [
      'Europe/Dublin',
      'Europe/Lisbon',
      'Atlantic/Azores',
      'Atlantic/Canary',
      'Europe/Brussels',
      'Europe/Amsterdam',
      'Europe/Luxembourg',
      'Europe/Berlin',
      'Europe/Paris',
      'Europe/Madrid',
      'Europe/Rome',
      'Europe/Malta',
      'Europe/Vienna',
      'Europe/Prague',
      'Europe/Bratislava',
      'Europe/Ljubljana',
      'Europe/Zagreb',
      'Europe/Budapest',
      'Europe/Warsaw',
      'Europe/Copenhagen',
      'Europe/Stockholm',
      'Europe/Helsinki',
      'Europe/Tallinn',
      'Europe/Riga',
      'Europe/Vilnius',
      'Europe/Bucharest',
      'Europe/Sofia',
      'Europe/Athens',
      'Asia/Nicosia',
    ],
    // Of most; some member states have one of their own.
    currency: 'EUR',
    paper: { usual: 'a4', others: [] },
    idPhotos: [passportPhoto],
    laws: [{ name: 'GDPR', title: 'General Data Protection Regulation' }],
    // Article 8; member states may say less, down to 13.
    consentAge: 16,
    countries: [...memberStates, ...partsOfMemberStates],
    hostRegion: 'eu-west-1',
    transferRule: 'GDPR, Articles 44 to 49',
  },
  AU: {
    ...whereChildrenAre,
    pupilDataDays: 730,
    languages: ['en-AU'],
    timeZones: [
      'Australia/Sydney',
      'Australia/Melbourne',
      'Australia/Hobart',
      'Australia/Brisbane',
      'Australia/Adelaide',
      'Australia/Darwin',
      'Australia/Perth',
    ],
    currency: 'AUD',
    paper: { usual: 'a4', others: [] },
    idPhotos: [passportPhoto],
    laws: [{ name: 'Privacy Act 1988', title: 'Privacy Act 1988, with the Australian Privacy Principles' }],
    // The regulator's guidance, and the draft of the Children's Online Privacy Code.
    consentAge: 15,
    countries: ['AU', 'CC', 'CX', 'NF'],
    hostRegion: 'ap-southeast-2',
    transferRule: 'Privacy Act 1988, Australian Privacy Principle 8',
  },
  PH: {
    ...whereChildrenAre,
    pupilDataDays: 730,
    languages: ['en-PH', 'fil'],
    timeZones: ['Asia/Manila'],
    currency: 'PHP',
    // The government writes on A4, and so do schools to it; folio is what many shops sell as "long".
    paper: { usual: 'a4', others: ['folio', 'letter'] },
    idPhotos: [{ name: '1 x 1', width: 1, height: 1, unit: 'in' }, twoByTwo, passportPhoto],
    laws: [{ name: 'DPA 2012', title: 'Data Privacy Act of 2012 (Republic Act 10173)' }],
    // NPC Advisory 2024-03: a child is who is under 18.
    consentAge: 18,
    countries: ['PH'],
    // Singapore. There is no cloud region of ours in the country, and nothing here says there were.
    hostRegion: 'ap-southeast-1',
    transferRule: 'Data Privacy Act of 2012, section 21',
  },
};

/** The market of a country as CDNs write it; none where Papel serves none. */
export function marketOfCountry(country: string): Market | undefined {
  return markets.find((market) => regions[market].countries.includes(country));
}

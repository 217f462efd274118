/** What a deployment on AWS is told, from CDK's context; wrong or misspelt settings end the synthesis. */
import * as v from 'valibot';
import { hostRegions, markets, regions, type Market } from '../../contract/regions.ts';

export type HostRegion = keyof typeof hostRegions;
export const allHostRegions = Object.keys(hostRegions).filter((name): name is HostRegion => name in hostRegions);

/** CloudFront takes certificates, and Lambda@Edge functions, of this region only. */
export const cloudFrontRegion = 'us-east-1';

const domainName = v.pipe(
  v.string(),
  v.regex(/^(?=.{4,230}$)(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/, 'is a name such as papel.example'),
);
const arn = (what: string, pattern: RegExp) => v.pipe(v.string(), v.regex(pattern, `is the ARN of ${what}`));

const settingsSchema = v.pipe(
  v.strictObject({
    /** Below it, each market has a name of its own: ph.papel.example. */
    domain: domainName,
    /** The public zone in Route 53 that the names go into: `domain` itself or a parent of it. */
    hostedZone: v.strictObject({
      id: v.pipe(v.string(), v.regex(/^Z[A-Z\d]{5,31}$/, 'is the id of a hosted zone')),
      name: domainName,
    }),
    /** For `*.domain`, in us-east-1. */
    certificateArn: arn(
      `a certificate in ${cloudFrontRegion}`,
      /^arn:aws:acm:us-east-1:\d{12}:certificate\/[\da-f-]{36}$/,
    ),
    alarmEmail: v.pipe(v.string(), v.email('is an address for alarms')),
    compute: v.optional(v.picklist(['lambda', 'fargate']), 'lambda'),
    /** Of the edge on Fargate, by digest: a tag may be another image tomorrow. */
    image: v.optional(
      v.pipe(v.string(), v.regex(/^[\w.-]+(?:\/[\w.-]+)+@sha256:[\da-f]{64}$/, 'is an image by its digest')),
    ),
    /** Only countries of the registry may open the app. */
    geoAllowList: v.optional(v.boolean(), false),
    /** A web application firewall of yours, in us-east-1. */
    webAclArn: v.optional(arn('a web ACL', /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\da-f-]{36}$/)),
  }),
  v.check(
    ({ domain, hostedZone }) => domain === hostedZone.name || domain.endsWith(`.${hostedZone.name}`),
    'domain lies outside of hostedZone',
  ),
  v.check(({ compute, image }) => (compute === 'fargate') === (image !== undefined), 'image goes with fargate'),
);
export type Settings = Readonly<v.InferOutput<typeof settingsSchema>>;

/**
 * @param context an object, or its JSON
 * @throws RangeError that names every setting that is wrong
 */
export function readSettings(context: unknown): Settings {
  const given: unknown = typeof context === 'string' ? JSON.parse(context) : context;
  const result = v.safeParse(settingsSchema, given);
  if (result.success) return result.output;
  const wrong = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'settings'}: ${issue.message}`);
  throw new RangeError(`The settings are not what they should be. ${wrong.join('; ')}`);
}

/** The market that a region's deployment is for; the registry has one for each. */
export function marketOfHost(region: HostRegion): Market {
  const [market, ...more] = markets.filter((each) => regions[each].hostRegion === region);
  if (market === undefined || more.length > 0) throw new RangeError(`${region} has no market of its own.`);
  return market;
}

/** The name that people type: ph.papel.example. */
export function nameHost({ domain }: Settings, region: HostRegion): string {
  return `${marketOfHost(region).toLowerCase()}.${domain}`;
}

/**
 * Every country that the registry serves, as ISO 3166 writes them (the market is UK, the country GB), and that of the region
 * itself: the canary asks from there, and Singapore is in no market.
 */
export function listCountries(region: HostRegion): string[] {
  const served = markets.flatMap((market) => regions[market].countries);
  return [...new Set([...served, hostRegions[region]])].toSorted();
}

import { z } from 'zod';
import {
  AUDIT_LOG_MODES,
  AUDIT_PROFILES,
  DEFAULT_AUDIT_LOG,
  DEFAULT_AUDIT_PROFILE,
  DEFAULT_AUDIT_WEBHOOK,
  RESOURCE_PLURAL,
  webhookUrlProblem,
} from '../control-plane';
import { apiGroupProblem } from '../rules';

const count = z.int().min(1);

const secretLike = z.strictObject({
  group: z
    .string()
    .refine(
      (name) => apiGroupProblem(name) === undefined,
      'is not the name of an API group, such as vault.example.com; it goes without version',
    )
    .describe('API group, without version'),
  resources: z
    .array(z.string().regex(RESOURCE_PLURAL, 'is not the plural of a resource, such as dynamicsecrets'))
    .min(1)
    .describe('Plurals; their subresources come with them'),
});

const log = z.strictObject({
  maxAgeDays: count.default(DEFAULT_AUDIT_LOG.maxAgeDays).describe('Days after which a rotated file is removed'),
  maxBackups: count.default(DEFAULT_AUDIT_LOG.maxBackups).describe('Rotated files that are kept'),
  maxSizeMb: count.default(DEFAULT_AUDIT_LOG.maxSizeMb).describe('Size at which a file is rotated, in megabytes'),
  compress: z.boolean().default(DEFAULT_AUDIT_LOG.compress).describe('Whether rotated files are compressed'),
  mode: z
    .enum(AUDIT_LOG_MODES)
    .default(DEFAULT_AUDIT_LOG.mode)
    .describe('Whether requests wait for their event (`blocking`), fail without it, or go on'),
  truncate: z.boolean().default(DEFAULT_AUDIT_LOG.truncate).describe('Whether events above 100 KiB are written without bodies'),
  readerGroup: count.optional().describe('Number of the group that may read the file; root alone unless given'),
});

const webhook = z.strictObject({
  server: z
    .string()
    .superRefine((server, context) => {
      const message = webhookUrlProblem(server);
      if (message !== undefined) {
        context.addIssue({ code: 'custom', message });
      }
    })
    .describe('https URL that takes `audit.k8s.io/v1` events'),
  clientCertificate: z
    .boolean()
    .default(DEFAULT_AUDIT_WEBHOOK.clientCertificate)
    .describe('Whether the API server shows it a client certificate'),
  bufferSize: count.default(DEFAULT_AUDIT_WEBHOOK.bufferSize).describe('Events that wait when it is down'),
});

/** What is recorded, and where to. */
export const AUDIT_SCHEMA = z
  .strictObject({
    profile: z
      .enum(AUDIT_PROFILES)
      .default(DEFAULT_AUDIT_PROFILE)
      .describe('Whether what no special rule is for is recorded whole (`nsa`), or without bodies (`balanced`)'),
    secretLike: z
      .array(secretLike)
      .default([])
      .describe('Resources of your own that hold credentials in clear: never recorded with bodies'),
    log: log.prefault({}).describe('The file on each control-plane node'),
    webhook: webhook.optional().describe('Sends events to another system too; none unless given'),
  })
  .describe('What the API servers record of requests, and where to');

import { Fields } from './Fields';
import { isObject, type JsonObject } from './json';

/** What did the work and on whose behalf: the resource, its service and its AWS block. */
export function Resources({ document: { resource_arn: arn, user, service, aws } }: { document: JsonObject }) {
  const told: JsonObject = {};
  if (typeof arn === 'string') told.resource_arn = arn;
  if (typeof user === 'string') told.user = user;
  if (isObject(service)) told.service = service;
  return <Fields of={{ ...told, ...(isObject(aws) ? aws : {}) }} />;
}

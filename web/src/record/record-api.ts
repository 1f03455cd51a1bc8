// The requests about what lasts, which are loaded with the pages that show it.

import { routes } from '../../../protocol/http.ts';
import {
  type Certificate,
  type ClassOverview,
  type ClassReport,
  certificateSchema,
  classOverviewSchema,
  classReportSchema,
  type OwnRecord,
  ownRecordSchema,
  type Privacy,
  privacySchema,
  type SharedOverview,
  sharedOverviewSchema,
} from '../../../protocol/records.ts';
import { request, tell } from '../api.ts';

export const getRecord = (): Promise<OwnRecord> => request(ownRecordSchema, 'GET', routes.record);
export const getReport = (id: number): Promise<ClassReport> =>
  request(classReportSchema, 'GET', routes.classReport(id));
export const getSharedOverview = (id: number): Promise<SharedOverview> =>
  request(sharedOverviewSchema, 'GET', routes.classOverview(id));
/** By the token of a link to it. */
export const getOverview = (token: string): Promise<ClassOverview> =>
  request(classOverviewSchema, 'POST', routes.overview, { token });
export const makeCertificate = (): Promise<Certificate> => request(certificateSchema, 'POST', routes.certificates);
export const getCertificate = (id: string): Promise<Certificate> =>
  request(certificateSchema, 'GET', routes.certificate(id));
export const getPrivacy = (): Promise<Privacy> => request(privacySchema, 'GET', routes.privacy);
export const erase = () => tell(routes.erase);

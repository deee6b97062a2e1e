import type { AuthzenConfig } from './authzen-config.ts';

/** Before the name of each question. */
export const authzenRoot = '/access/v1/';

export const metadataPath = '/.well-known/authzen-configuration';

/** What this server says of itself: of the setting alone, so that no request has a say in where others will ask. */
export function authzenMetadata({ origin }: Pick<AuthzenConfig, 'origin'>) {
  const root = origin + authzenRoot;
  return {
    policy_decision_point: origin,
    access_evaluation_endpoint: `${root}evaluation`,
    access_evaluations_endpoint: `${root}evaluations`,
    search_subject_endpoint: `${root}search/subject`,
    search_resource_endpoint: `${root}search/resource`,
    search_action_endpoint: `${root}search/action`,
  };
}

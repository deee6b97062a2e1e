/** What stands before all subgraphs: the guards of an operation that hang on its arguments alone, and what the answers refuse. */

export type { Decision, PermissionCheck } from '../decision.ts';
export { analyseOperation, type OperationAnalysis } from './analyse-operation.ts';
export { type Answers, type FieldRefusal, judgeOperation, type Refusing, refuseAll } from './judge-operation.ts';
export { refusalError } from './refusal-error.ts';
export { rootFields } from './root-fields.ts';

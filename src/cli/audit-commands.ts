import { Command } from 'commander';
import type { AuditLog } from '../store/audit-log.ts';
import type { Store } from '../store/store.ts';
import { type AuditExitCode, printAuditHead, replayAudit, runtimeParametersOf, verifyAudit } from './audit-command.ts';
import { exportAudit } from './audit-export.ts';
import { describeFailure } from './describe-failure.ts';
import type { ProgramParts } from './program-parts.ts';
import { withStore } from './with-store.ts';

/** They end with 0 when all is well, with 1 when the log is not what it should be, and with 2 when nobody can say. */
export function auditCommands({ config, print }: ProgramParts): Command {
  const audit = new Command('audit').description('prove the audit log: docs/audit.md');
  const run = async (command: (log: AuditLog, store: Store) => Promise<AuditExitCode>) => {
    try {
      // What they print is read by programs as well.
      process.exitCode = await withStore(
        config(),
        () => {},
        ({ store }) => command(store.audit, store),
      );
    } catch (error) {
      print(`The audit log could not be read. ${describeFailure(error)}`);
      process.exitCode = 2;
    }
  };
  audit
    .command('head')
    .description('print where the log ends, to be kept outside of the database')
    .action(() => run((log) => printAuditHead(log, print)));
  audit
    .command('verify')
    .description('find any event that was changed, removed, put in or moved')
    .option('--anchor <hash@length>', 'what "audit head" printed earlier: finds a log that was cut off or written anew')
    .action(({ anchor }: { anchor?: string }) => run((log) => verifyAudit(log, anchor, print)));
  audit
    .command('export')
    .description('print every event that is kept, a line of JSON each, with its link of the chain')
    .action(() => run((log) => exportAudit(log, print)));
  audit
    .command('replay')
    .description('rebuild the relationships from the log alone, and compare them with the stored ones')
    .action(() => run(async (log, store) => replayAudit(log, print, await runtimeParametersOf(store))));
  return audit;
}

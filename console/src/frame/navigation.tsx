import { Link, type LinkProps } from '@tanstack/react-router';
import { useRights } from '../ask/rights.ts';
import { frameWords, pageNames } from '../words/frame-words.ts';
import styles from './frame.module.css';

/** The pages that there are; each says itself to whom it has nothing to say. */
export function Navigation() {
  const { mayReadRelationships, mayReadWholeAuditLog, mayReadModel } = useRights();
  return (
    <nav className={styles.navigation} aria-label={frameWords.pages}>
      <PageLink to="/">{pageNames.home}</PageLink>
      <span className={styles.group}>{pageNames.ask}</span>
      <PageLink to="/ask/why">{pageNames.why}</PageLink>
      <PageLink to="/ask/who">{pageNames.who}</PageLink>
      <PageLink to="/ask/what">{pageNames.what}</PageLink>
      <span className={styles.group}>{pageNames.look}</span>
      <PageLink to="/people">{pageNames.people}</PageLink>
      <PageLink to="/reviews">{pageNames.review}</PageLink>
      <PageLink to="/findings">{pageNames.findings}</PageLink>
      <PageLink to="/proposals">{pageNames.proposals}</PageLink>
      {mayReadRelationships && <PageLink to="/break-glass">{pageNames.breakGlass}</PageLink>}
      {mayReadWholeAuditLog && <PageLink to="/audit">{pageNames.audit}</PageLink>}
      {mayReadModel && <PageLink to="/models">{pageNames.models}</PageLink>}
    </nav>
  );
}

function PageLink({ to, children }: { readonly to: LinkProps['to']; readonly children: string }) {
  return (
    <Link to={to} className={styles.link} activeOptions={{ exact: true, includeSearch: false }}>
      {children}
    </Link>
  );
}

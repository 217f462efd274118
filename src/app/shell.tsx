import { Files, ListChecks, ScanLine, Settings, Wrench } from 'lucide-react';
import { type ReactNode, Suspense, lazy, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation, useMatches, useNavigation } from 'react-router';

import { ToastRegion } from '#src/ui/controls/toast.tsx';
import { Notices } from './notices.tsx';
import styles from './shell.module.css';

// What only matters once there are photos comes after the first screen.
const Background = lazy(async () => ({ default: (await import('./background.tsx')).Background }));

/** The bar on a phone, the rail on a desktop, and room for a screen beside it. */
export function ShellFrame({ children }: { readonly children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {t('app.toContent')}
      </a>
      <nav className={styles.bar} aria-label={t('app.navigation')}>
        <BarLink to="/scan" icon={ScanLine} label={t('app.scan')} />
        <BarLink to="/library" icon={Files} label={t('app.library')} />
        <BarLink to="/sheets" icon={ListChecks} label={t('app.sheets')} />
        <BarLink to="/tools" icon={Wrench} label={t('app.tools')} />
        <BarLink to="/settings" icon={Settings} label={t('app.settings')} />
      </nav>
      {children}
    </div>
  );
}

function BarLink({
  to,
  icon: Icon,
  label,
}: {
  readonly to: string;
  readonly icon: typeof Files;
  readonly label: string;
}) {
  return (
    <NavLink to={to} className={styles.link ?? ''}>
      <span className={styles.icon}>
        <Icon size={24} aria-hidden />
      </span>
      {label}
    </NavLink>
  );
}

function isFullScreen(handle: unknown): boolean {
  return typeof handle === 'object' && handle !== null && 'isFullScreen' in handle;
}

export function Shell() {
  const covers = useMatches().some(({ handle }) => isFullScreen(handle));
  const isOnItsWay = useNavigation().state !== 'idle';
  const content = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const lastPath = useRef(pathname);

  // A new screen is read from its beginning, by eye and by ear.
  useEffect(() => {
    if (lastPath.current === pathname) return;
    lastPath.current = pathname;
    window.scrollTo(0, 0);
    content.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <>
      {isOnItsWay && <div className={styles.onItsWay} aria-hidden />}
      {covers ? (
        <Outlet />
      ) : (
        <ShellFrame>
          <main id="content" ref={content} tabIndex={-1} className={styles.content}>
            <Notices />
            <Outlet />
          </main>
        </ShellFrame>
      )}
      <Suspense>
        <Background isHidden={covers} />
      </Suspense>
      <ToastRegion />
    </>
  );
}

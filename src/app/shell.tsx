import { Outlet } from 'react-router';

import { ToastRegion } from '#src/ui/controls/toast.tsx';

export function Shell() {
  return (
    <>
      <Outlet />
      <ToastRegion />
    </>
  );
}

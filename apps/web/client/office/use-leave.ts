import { useText } from '../i18n/use-text.tsx';
import { useLeaveGuard } from '../kit/use-leave-guard.tsx';

/** Asks before changes of a form are left behind. */
export const useLeave = (
  isChanged: boolean,
  onLeave?: () => void,
): ReturnType<typeof useLeaveGuard> => {
  const say = useText();
  const words = {
    title: say('leave.title'),
    text: say('leave.text'),
    stay: say('leave.stay'),
    leave: say('leave.leave'),
  };
  return useLeaveGuard(isChanged, words, onLeave);
};

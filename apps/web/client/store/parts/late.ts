// What comes after the page, in one piece: another costs the first load the name of one more file.
export { Heart } from '../../favourites/heart.tsx';
export { Together } from './together.tsx';
export { UnreadCount } from './unread-count.tsx';

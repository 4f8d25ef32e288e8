import { tellPurchases } from './purchase-stories.ts';

tellPurchases('local');
tellPurchases('strict');

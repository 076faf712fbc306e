import type { Routes } from '@angular/router';

export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'Prices',
    loadComponent: () => import('./prices/prices').then(({ Prices }) => Prices),
  },
  {
    path: 'share',
    title: 'Share',
    loadComponent: () => import('./share/share').then(({ Share }) => Share),
  },
  { path: 'chat', title: 'Chat', loadComponent: () => import('./chat/chat').then(({ Chat }) => Chat) },
  { path: 'flood', title: 'Flood', loadComponent: () => import('./flood/flood').then(({ Flood }) => Flood) },
];

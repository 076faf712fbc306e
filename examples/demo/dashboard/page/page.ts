import { merge } from 'rxjs';
import { chatPanel } from './chatPanel';
import { counts$, server$ } from './counts';
import { feedPanel } from './feedPanel';
import { serverBanner } from './serverBanner';
import { showCode } from './showCode';
import { tablePanel } from './tablePanel';

showCode();
merge(serverBanner(server$), chatPanel(counts$), feedPanel(counts$), tablePanel(counts$)).subscribe();

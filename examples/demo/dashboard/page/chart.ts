import uPlot from 'uplot';
import type { Trace } from './trace';

/** For the axis: the clock on the wall. */
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const FONT = '12px system-ui, sans-serif';
/** The smallest range of a chart, in megabytes: noise should not look like an event. */
const LEAST_SPAN = 8;

/** A chart that draws the last seconds of a trace whenever it is told to. */
export function chart(parent: HTMLElement, trace: Trace): { draw: () => void } {
  const colour = colours(parent);

  const shadeAbsences = (plot: uPlot): void => {
    const { left, top, width, height } = plot.bbox;
    plot.ctx.fillStyle = colour('--shade');
    for (const { from, to } of trace.absences) {
      const start = Math.max(plot.valToPos(from, 'x', true), left);
      const end = Math.min(plot.valToPos(Math.min(to, trace.now()), 'x', true), left + width);
      if (end > start) plot.ctx.fillRect(start, top, end - start, height);
    }
  };

  const axis = (own: uPlot.Axis): uPlot.Axis => ({
    font: FONT,
    stroke: () => colour('--faint'),
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { show: false },
    ...own,
  });
  const line = (stroke: string): uPlot.Series => ({
    stroke: () => colour(stroke),
    width: 2,
    points: { show: false },
  });

  const size = (): { width: number; height: number } => ({
    width: parent.clientWidth,
    height: parent.clientHeight,
  });
  const data = (): uPlot.AlignedData => [trace.times, trace.live, trace.replayed];
  const plot = new uPlot(
    {
      ...size(),
      padding: [8, 28, 0, 0],
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { range: () => [trace.now() - trace.seconds, trace.now()] },
        y: { range: (_plot, min = 0, max = 0) => around(min, max) },
      },
      axes: [
        axis({
          size: 32,
          gap: 10,
          space: 76,
          values: (_plot, seconds) => seconds.map((second) => clock.format(second * 1_000)),
        }),
        axis({ size: 36, space: 40 }),
      ],
      series: [{}, line('--accent'), line('--replayed')],
      hooks: { drawClear: [shadeAbsences] },
    },
    data(),
    parent,
  );
  new ResizeObserver(() => {
    plot.setSize(size());
  }).observe(parent);

  return {
    draw: () => {
      plot.setData(data());
    },
  };
}

/** Room above and below. */
function around(min: number, max: number): [number, number] {
  const room = Math.max((max - min) * 0.15, (LEAST_SPAN - (max - min)) / 2);
  return [Math.max(0, Math.floor(min - room)), Math.ceil(max + room)];
}

/** The colours of the style sheet, which follow the light: a canvas wants them worked out. */
function colours(parent: HTMLElement): (name: string) => string {
  const probe = document.createElement('span');
  probe.hidden = true;
  parent.append(probe);
  return (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
}

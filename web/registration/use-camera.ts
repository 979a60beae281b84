import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { type CameraState, cameraFault } from '../sharing/use-scanner.ts';
import { captureQuality, type CaptureQualityCode } from '../face/capture-quality.ts';

/** The front camera, looked through for what spoils a portrait. */
export interface PortraitCamera {
  readonly state: CameraState;
  readonly video: RefObject<HTMLVideoElement | null>;
  /** What is wrong with the picture just now; null before the first look. */
  readonly faults: readonly CaptureQualityCode[] | null;
  readonly start: () => void;
  readonly stop: () => void;
  /** The picture as it is now, JPEG; null where there is none. */
  readonly take: () => Promise<Blob | null>;
}

const betweenLooksMs = 400;
const lookedAtWidth = 240;
const takenWidth = 720;
const jpegQuality = 0.9;

/** Opens the front camera; every picture stays in this page until its owner says to use it. */
export function usePortraitCamera(): PortraitCamera {
  const [state, setState] = useState<CameraState>('off');
  const [faults, setFaults] = useState<readonly CaptureQualityCode[] | null>(null);
  const video = useRef<HTMLVideoElement>(null);
  const release = useRef<(() => void) | null>(null);

  const stop = useCallback(() => {
    release.current?.();
    release.current = null;
    setFaults(null);
    setState('off');
  }, []);
  const start = useCallback(() => {
    release.current?.();
    setState('starting');
    let isWanted = true;
    let end = (): void => {};
    release.current = () => {
      isWanted = false;
      end();
    };
    openFrontCamera()
      .then(async (stream) => {
        const element = video.current;
        if (!isWanted || element === null) return closeStream(stream);
        element.srcObject = stream;
        const timer = setInterval(() => {
          const picture = pictureOf(element, lookedAtWidth);
          if (picture !== null) setFaults(captureQuality(picture.pixels).map(({ code }) => code));
        }, betweenLooksMs);
        end = () => {
          clearInterval(timer);
          element.srcObject = null;
          closeStream(stream);
        };
        await element.play();
        if (isWanted) setState('looking');
      })
      .catch((error: unknown) => {
        if (!isWanted) return;
        end();
        setState(cameraFault(error));
      });
  }, []);
  useEffect(() => stop, [stop]);

  const take = useCallback(async (): Promise<Blob | null> => {
    const element = video.current;
    const picture = element === null ? null : pictureOf(element, takenWidth);
    if (picture === null) return null;
    return new Promise((resolve) => picture.canvas.toBlob(resolve, 'image/jpeg', jpegQuality));
  }, []);
  return { state, video, faults, start, stop, take };
}

function pictureOf(
  video: HTMLVideoElement,
  width: number,
): { canvas: HTMLCanvasElement; pixels: ImageData } | null {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || videoHeight === 0) return null;
  const scale = Math.min(1, width / videoWidth);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return { canvas, pixels: context.getImageData(0, 0, canvas.width, canvas.height) };
}

async function openFrontCamera(): Promise<MediaStream> {
  // Absent where the page did not come by a safe way.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) throw new DOMException('no camera here', 'NotFoundError');
  return devices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: 'user' }, width: { ideal: 1280 } },
  });
}

function closeStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** How a camera stands; the last three are why it cannot be used. */
export type CameraState = 'off' | 'starting' | 'looking' | 'BLOCKED' | 'NO_CAMERA' | 'BUSY';

/** A camera that is looked through while it is on. */
export interface Camera {
  readonly state: CameraState;
  /** Where its picture is shown. */
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Which camera, and how it is looked through. */
export interface CameraUse {
  readonly picture: MediaTrackConstraints;
  readonly betweenLooksMs: number;
  /** Called with the element again and again while the camera is on; every picture stays in this page. */
  readonly onLook: (video: HTMLVideoElement) => void;
}

/** Opens a camera and has it looked through. It goes off with the screen, and when nobody looks at the page. */
export function useCamera(use: CameraUse): Camera {
  const [state, setState] = useState<CameraState>('off');
  const video = useRef<HTMLVideoElement>(null);
  const release = useRef<(() => void) | null>(null);
  const told = useRef(use);
  useEffect(() => {
    told.current = use;
  }, [use]);

  const stop = useCallback(() => {
    release.current?.();
    release.current = null;
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
    openCamera(told.current.picture)
      .then(async (stream) => {
        const element = video.current;
        if (!isWanted || element === null) return close(stream);
        element.srcObject = stream;
        const timer = setInterval(() => told.current.onLook(element), told.current.betweenLooksMs);
        end = () => {
          clearInterval(timer);
          element.srcObject = null;
          close(stream);
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
  useEffect(() => {
    const rest = (): void => {
      if (document.visibilityState === 'hidden' && release.current !== null) stop();
    };
    document.addEventListener('visibilitychange', rest);
    return () => {
      document.removeEventListener('visibilitychange', rest);
      release.current?.();
      release.current = null;
    };
  }, [stop]);
  return { state, video, start, stop };
}

/** Why a camera did not open, by the name of the error (Media Capture and Streams, getUserMedia). */
export function cameraFault(error: unknown): Extract<CameraState, 'BLOCKED' | 'NO_CAMERA' | 'BUSY'> {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'BLOCKED';
  return name === 'NotReadableError' || name === 'AbortError' ? 'BUSY' : 'NO_CAMERA';
}

/** The picture of a camera as it is now, made so small that no side is longer; null while there is none. */
export function pictureNow(
  video: HTMLVideoElement,
  longestSide: number,
  canvas: HTMLCanvasElement,
): ImageData | null {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || videoHeight === 0) return null;
  const scale = Math.min(1, longestSide / Math.max(videoWidth, videoHeight));
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

async function openCamera(video: MediaTrackConstraints): Promise<MediaStream> {
  // Absent where the page did not come by a safe way.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) throw new DOMException('no camera here', 'NotFoundError');
  return devices.getUserMedia({ audio: false, video });
}

function close(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The marks of cases on a map: the light's shape, readable without colour; drawn once from the tokens. */

import { token } from "@gezhi/ui";
import type { Map as MapLibre } from "maplibre-gl";

export const LIGHTS = ["green", "yellow", "red", "none"] as const;
type Light = (typeof LIGHTS)[number];

const RATIO = 2;
const SIZE = 22;

export function addMarks(map: MapLibre): void {
  for (const light of LIGHTS) {
    put(map, `light-${light}`, SIZE, (pen) => drawLight(pen, light));
    put(map, `cluster-${light}`, 44, (pen) => drawCluster(pen, light));
  }
  put(map, "pin", 44, drawPin);
}

function put(map: MapLibre, name: string, size: number, draw: (pen: CanvasRenderingContext2D) => void): void {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * RATIO;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.scale(RATIO, RATIO);
  draw(pen);
  if (map.hasImage(name)) map.removeImage(name);
  map.addImage(name, pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: RATIO });
}

export const fillOf = (light: Light) => token(light === "yellow" ? "yellow-fill" : light);

function drawLight(pen: CanvasRenderingContext2D, light: Light): void {
  const middle = SIZE / 2;
  pen.beginPath();
  if (light === "red") polygon(pen, middle, middle, 9, 4, 0);
  else if (light === "yellow") polygon(pen, middle, middle + 1.5, 9, 3, -Math.PI / 2);
  else pen.arc(middle, middle, light === "none" ? 5.5 : 7, 0, 2 * Math.PI);
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  pen.strokeStyle = token("surface");
  pen.stroke();
  pen.fillStyle = light === "none" ? token("surface") : fillOf(light);
  pen.fill();
  if (light !== "none") return;
  pen.lineWidth = 2;
  pen.strokeStyle = token("none");
  pen.stroke();
}

function drawCluster(pen: CanvasRenderingContext2D, light: Light): void {
  pen.beginPath();
  pen.arc(22, 22, 17, 0, 2 * Math.PI);
  pen.fillStyle = token("surface");
  pen.fill();
  pen.lineWidth = 3;
  pen.strokeStyle = fillOf(light);
  pen.stroke();
  pen.translate(25, 0);
  pen.scale(0.72, 0.72);
  drawLight(pen, light);
}

function drawPin(pen: CanvasRenderingContext2D): void {
  pen.beginPath();
  pen.arc(22, 16, 9, Math.PI * 0.85, Math.PI * 0.15);
  pen.lineTo(22, 38);
  pen.closePath();
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  pen.strokeStyle = token("surface");
  pen.stroke();
  pen.fillStyle = token("accent");
  pen.fill();
  pen.beginPath();
  pen.arc(22, 16, 3.5, 0, 2 * Math.PI);
  pen.fillStyle = token("surface");
  pen.fill();
}

function polygon(pen: CanvasRenderingContext2D, x: number, y: number, radius: number, corners: number, turn: number): void {
  for (let corner = 0; corner < corners; corner++) {
    const angle = turn + (2 * Math.PI * corner) / corners;
    pen.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  pen.closePath();
}

import L from 'leaflet';
import 'leaflet/dist/leaflet.css';

// A map that is dragged and zoomed: layers moved by transforms, shapes in SVG, pop-ups.

document.getElementById('app').innerHTML = '<div id="map" style="height: 400px"></div>';
const map = L.map('map', { zoomAnimation: false, fadeAnimation: false }).setView([60.17, 24.94], 12);
const Tiles = L.GridLayer.extend({
  createTile({ x, y, z }) {
    const tile = document.createElement('div');
    tile.textContent = `${z}/${x}/${y}`;
    return tile;
  },
});
new Tiles().addTo(map);
L.circle([60.17, 24.94], { radius: 900 }).addTo(map).bindPopup('<b>Here</b>');
L.polyline([
  [60.16, 24.9],
  [60.18, 24.95],
  [60.17, 24.99],
]).addTo(map);

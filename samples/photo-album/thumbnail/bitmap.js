'use strict';

const HEADER_BYTES = 54;
const BITS_PER_PIXEL = 24;
const BYTES_PER_PIXEL = 3;

/** A picture in Windows's bitmap format of 24 bits a pixel: rows from the bottom, each filled up to a multiple of four bytes. */
class Bitmap {
  /** @param {Buffer} pixels the rows as they lie in a file */
  constructor(width, height, pixels) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
    this.rowBytes = Bitmap.rowBytes(width);
  }

  static rowBytes(width) {
    return (width * BYTES_PER_PIXEL + 3) & ~3;
  }

  /** @throws {Error} what is no such picture, or is cut off */
  static decode(file) {
    if (file.length < HEADER_BYTES || file.toString('latin1', 0, 2) !== 'BM') throw new Error('This is no bitmap.');
    if (file.readUInt16LE(28) !== BITS_PER_PIXEL) throw new Error(`A bitmap of ${file.readUInt16LE(28)} bits a pixel cannot be read.`);
    const start = file.readUInt32LE(10);
    const bitmap = new Bitmap(file.readInt32LE(18), file.readInt32LE(22), file.subarray(start));
    if (bitmap.width <= 0 || bitmap.height <= 0) throw new Error('The bitmap is empty.');
    if (bitmap.pixels.length < bitmap.rowBytes * bitmap.height) throw new Error('The bitmap is cut off.');
    return bitmap;
  }

  encode() {
    const header = Buffer.alloc(HEADER_BYTES);
    header.write('BM', 'latin1');
    header.writeUInt32LE(HEADER_BYTES + this.pixels.length, 2);
    header.writeUInt32LE(HEADER_BYTES, 10);
    header.writeUInt32LE(40, 14);
    header.writeInt32LE(this.width, 18);
    header.writeInt32LE(this.height, 22);
    header.writeUInt16LE(1, 26);
    header.writeUInt16LE(BITS_PER_PIXEL, 28);
    return Buffer.concat([header, this.pixels]);
  }

  /** Each pixel is as light as those that it stands for are together; a picture that is small enough stays as it is. */
  shrinkTo(widthMax) {
    const scale = Math.max(1, this.width / widthMax);
    const width = Math.max(1, Math.floor(this.width / scale));
    const height = Math.max(1, Math.floor(this.height / scale));
    const small = new Bitmap(width, height, Buffer.alloc(Bitmap.rowBytes(width) * height));
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let color = 0; color < BYTES_PER_PIXEL; color++) {
          small.pixels[y * small.rowBytes + x * BYTES_PER_PIXEL + color] = this.mean(x * scale, y * scale, scale, color);
        }
      }
    }
    return small;
  }

  mean(left, top, size, color) {
    const right = Math.max(Math.floor(left) + 1, Math.min(this.width, Math.floor(left + size)));
    const bottom = Math.max(Math.floor(top) + 1, Math.min(this.height, Math.floor(top + size)));
    let sum = 0;
    let count = 0;
    for (let y = Math.floor(top); y < bottom; y++) {
      for (let x = Math.floor(left); x < right; x++, count++) sum += lightOf(this.pixels[y * this.rowBytes + x * BYTES_PER_PIXEL + color]);
    }
    return levelOf(sum / count);
  }
}

// Levels stand for light by sRGB's curve: their own mean would be too dark.
const lightOf = (level) => (level <= 10 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4);
const levelOf = (light) => Math.round(255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055));

module.exports = { Bitmap };

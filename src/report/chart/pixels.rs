//! Pixels: averaging down and the PNG file.

/// Fine pixels averaged into one, per side.
pub const COARSE: usize = 4;

/// Blocks that are looked at together: most stretches of a chart are of one colour.
const STRETCH: usize = 16;
/// Bytes of a pixel.
const PIXEL: usize = 3;

/// Every block of fine pixels becomes their mean; `columns` counts blocks.
pub fn averaged(fine: &[u8], columns: usize) -> Vec<u8> {
    let side = COARSE * PIXEL;
    let mut coarse = Vec::with_capacity(fine.len() / (COARSE * COARSE));
    for band in fine.chunks_exact(columns * side * COARSE) {
        for first in (0..columns).step_by(STRETCH) {
            let blocks = STRETCH.min(columns - first);
            let part = |line: usize| &band[(line * columns + first) * side..][..blocks * side];
            if is_plain(part) {
                coarse.extend_from_slice(&part(0)[..blocks * PIXEL]);
            } else {
                means(part, blocks, &mut coarse);
            }
        }
    }
    coarse
}

/// Whether all pixels of a stretch are alike.
fn is_plain<'a>(part: impl Fn(usize) -> &'a [u8]) -> bool {
    let upper = part(0);
    upper[PIXEL..] == upper[..upper.len() - PIXEL] && (1..COARSE).all(|line| part(line) == upper)
}

fn means<'a>(part: impl Fn(usize) -> &'a [u8], blocks: usize, coarse: &mut Vec<u8>) {
    let samples = (COARSE * COARSE) as u16;
    let mut sums = [0; STRETCH * PIXEL];
    for line in 0..COARSE {
        for (block, sum) in part(line).chunks_exact(COARSE * PIXEL).zip(sums.chunks_exact_mut(PIXEL)) {
            for pixel in block.chunks_exact(PIXEL) {
                sum[0] += u16::from(pixel[0]);
                sum[1] += u16::from(pixel[1]);
                sum[2] += u16::from(pixel[2]);
            }
        }
    }
    coarse.extend(sums[..blocks * PIXEL].iter().map(|sum| ((sum + samples / 2) / samples) as u8));
}

/// Red, green and blue bytes as a PNG file.
///
/// # Errors
/// When the encoder refuses: a bug.
pub fn encode(pixels: &[u8], (columns, rows): (usize, usize)) -> Result<Vec<u8>, ::png::EncodingError> {
    let mut bytes = Vec::new();
    let side = |pixels: usize| u32::try_from(pixels).unwrap_or(u32::MAX);
    let mut encoder = ::png::Encoder::new(&mut bytes, side(columns), side(rows));
    encoder.set_color(::png::ColorType::Rgb);
    encoder.set_depth(::png::BitDepth::Eight);
    // Even colours: filters make files larger, and more effort saves a sixth of the bytes at six times the time.
    encoder.set_filter(::png::Filter::NoFilter);
    encoder.set_deflate_compression(::png::DeflateCompression::Level(1));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::averaged;

    /// One pixel of sixteen is black: 255 * 15 / 16 = 239.06.
    #[test]
    fn fine_pixels_are_averaged() {
        let mut fine = vec![255; 4 * 4 * 3];
        fine[..3].fill(0);
        assert_eq!(averaged(&fine, 1), [239, 239, 239]);
    }

    /// Two stretches and a half of three colours, with one odd pixel: the same as the mean of each block by itself.
    #[test]
    fn plain_stretches_are_averaged_as_others() {
        let columns = 40;
        let colour = |x: usize, y: usize| match (x, y) {
            (93, 2) => [1, 2, 3],
            (x, _) if x < 64 => [250, 240, 230],
            (x, _) if x < 130 => [10, 200, 30],
            _ => [255, 255, 255],
        };
        let fine: Vec<u8> = (0..8).flat_map(|y| (0..columns * 4).flat_map(move |x| colour(x, y))).collect();
        let mean = |column: usize, row: usize, part: usize| {
            let inside = (0..16).map(|it| u32::from(colour(4 * column + it % 4, 4 * row + it / 4)[part]));
            ((inside.sum::<u32>() + 8) / 16) as u8
        };
        let places = (0..2).flat_map(|row| (0..columns).map(move |column| (column, row)));
        let wanted: Vec<u8> =
            places.flat_map(|(column, row)| [0, 1, 2].map(|part| mean(column, row, part))).collect();
        assert_eq!(averaged(&fine, columns), wanted);
    }
}

//! Pixels: averaging down and the PNG file.

/// Fine pixels averaged into one, per side.
pub const COARSE: usize = 4;

/// Every block of fine pixels becomes their mean; `columns` counts blocks.
pub fn averaged(fine: &[u8], columns: usize) -> Vec<u8> {
    let stride = columns * COARSE * 3;
    let mut coarse = Vec::with_capacity(fine.len() / (COARSE * COARSE));
    let mut sums = vec![0u16; columns * 3];
    for band in fine.chunks_exact(stride * COARSE) {
        sums.fill(0);
        for line in band.chunks_exact(stride) {
            for (block, sum) in line.chunks_exact(COARSE * 3).zip(sums.chunks_exact_mut(3)) {
                for pixel in block.chunks_exact(3) {
                    sum[0] += u16::from(pixel[0]);
                    sum[1] += u16::from(pixel[1]);
                    sum[2] += u16::from(pixel[2]);
                }
            }
        }
        let samples = (COARSE * COARSE) as u16;
        coarse.extend(sums.iter().map(|sum| ((sum + samples / 2) / samples) as u8));
    }
    coarse
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
    encoder.set_compression(::png::Compression::Balanced);
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
}

//! What a test hides a text in: archives, packed files, pictures.

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use std::io::{Cursor, Seek, Write};
use zip::CompressionMethod::{self, Deflated};
use zip::unstable::write::FileOptionsExt as _;
use zip::write::{SimpleFileOptions, ZipWriter};

pub(super) fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

pub(super) fn zlib(text: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// An archive as `zip` writes it.
pub(super) fn zip(method: CompressionMethod, members: &[(&str, &[u8])]) -> Vec<u8> {
    filled(ZipWriter::new(Cursor::new(Vec::new())), method, members).into_inner()
}

/// An archive as a program writes it that cannot go back: lengths stand behind the data.
pub(super) fn streamed(method: CompressionMethod, members: &[(&str, &[u8])]) -> Vec<u8> {
    filled(ZipWriter::new_stream(Vec::new()), method, members).into_inner()
}

fn filled<W: Write + Seek>(mut writer: ZipWriter<W>, method: CompressionMethod, members: &[(&str, &[u8])]) -> W {
    members.iter().for_each(|(name, data)| {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(data).unwrap();
    });
    writer.finish().unwrap()
}

pub(super) fn encrypted(data: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(Deflated).with_deprecated_encryption(b"pass").unwrap();
    writer.start_file("a.txt", options).unwrap();
    writer.write_all(data).unwrap();
    writer.finish().unwrap().into_inner()
}

pub(super) fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, data) in members {
        let mut block = [0; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..136].copy_from_slice(format!("{:011o}\0", data.len()).as_bytes());
        block[257..263].copy_from_slice(b"ustar\0");
        out.extend(block);
        out.extend_from_slice(data);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

pub(super) fn brotli(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 18, ..Default::default() };
    brotli::BrotliCompress(&mut Cursor::new(data), &mut out, &parameters).unwrap();
    out
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&(data.len() as u32).to_be_bytes()[..], name, data, b"crc!"].concat()
}

pub(crate) fn png(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    let (header, picture, end) = (chunk(b"IHDR", &header), chunk(b"IDAT", &zlib(&[0, 0])), chunk(b"IEND", &[]));
    [&b"\x89PNG\r\n\x1a\n"[..], &header, &chunk(name, data), &picture, &end].concat()
}

pub(super) fn jpeg(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u16 + 2).to_be_bytes();
    [&[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, marker][..], &length, data, &[0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]]
        .concat()
}

pub(super) fn webp(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32).to_le_bytes();
    [&b"RIFF\xff\0\0\0WEBP"[..], name, &length, data].concat()
}

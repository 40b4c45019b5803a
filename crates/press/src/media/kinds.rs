//! Kinds of files that may be published beside pages.

/// What browsers show, play or save, and hosts serve as it is. Anything else may be a page to a browser or a program to a host.
const PLAIN: &[&str] = &[
    // Pictures.
    "ai", "apng", "bmp", "eps", "heic", "heif", "ico", "jfif", "jpe", "jxl", "psd", "tif", "tiff",
    // Sounds and films, and what is said in them.
    "3gp", "aac", "aif", "aiff", "avi", "flac", "m4a", "m4b", "m4v", "mid", "midi", "mkv", "mov", "mp3", "mp4", "mpeg",
    "mpg", "oga", "ogg", "ogv", "opus", "srt", "vtt", "wav", "webm", "wma", "wmv", // Documents.
    "azw3", "bib", "csv", "djvu", "doc", "docm", "docx", "dotx", "epub", "ics", "key", "log", "md", "mobi", "numbers",
    "odf", "odg", "odp", "ods", "odt", "pages", "pdf", "pps", "ppsx", "ppt", "pptm", "pptx", "ps", "rst", "rtf", "tex",
    "text", "tsv", "txt", "vcf", "xls", "xlsm", "xlsx", // Data, models, fonts.
    "db", "geojson", "glb", "gltf", "ipynb", "json", "jsonl", "kmz", "mxl", "obj", "otf", "parquet", "r", "sql",
    "sqlite", "stl", "ttf", "usdz", "woff", "woff2", "yaml", "yml", // Archives, and programs to be saved.
    "7z", "apk", "br", "bz2", "deb", "dmg", "exe", "gz", "iso", "msi", "pkg", "rar", "tar", "tgz", "torrent", "xz",
    "zip", "zst",
];

/// XML that programs read. A browser shows it, so it is looked into like a picture in SVG.
const XML: &[&str] = &["gpx", "kml", "musicxml", "tcx"];

/// What is to be done with a file before it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A picture whose size a page has to know.
    Picture,
    /// A picture that may run scripts.
    Svg,
    /// Markup that may run scripts.
    Xml,
    /// Nothing.
    Plain,
    /// What nobody would call media.
    Page,
    /// Unknown.
    Other,
}

impl Kind {
    /// By the end of a name, in lower case.
    pub(super) fn of(extension: &str) -> Self {
        match extension {
            "svg" => Self::Svg,
            "jpg" | "jpeg" | "png" | "webp" | "avif" | "gif" => Self::Picture,
            "htm" | "html" | "xhtml" | "xht" | "xml" | "js" | "mjs" | "svgz" | "shtml" | "php" => Self::Page,
            it if XML.contains(&it) => Self::Xml,
            it if PLAIN.contains(&it) => Self::Plain,
            _ => Self::Other,
        }
    }
}

/// Whether a file is called as a picture that browsers show.
pub(crate) fn is_picture(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|it| it.1.to_ascii_lowercase());
    extension.is_some_and(|it| matches!(Kind::of(&it), Kind::Picture | Kind::Svg))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_host_may_run_is_of_no_known_kind() {
        for extension in
            ["", "xhtm", "xsl", "xslt", "phtml", "php5", "pht", "cgi", "htaccess", "asp", "jsp", "mht", "swf"]
        {
            assert_eq!(Kind::of(extension), Kind::Other, "{extension}");
        }
        for extension in ["pdf", "zip", "docx", "csv", "txt", "epub", "woff2", "mp3", "mp4", "vtt", "heic"] {
            assert_eq!(Kind::of(extension), Kind::Plain, "{extension}");
        }
    }
}

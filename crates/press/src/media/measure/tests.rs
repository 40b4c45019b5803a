//! Pictures that are measured, and files that are refused.

use super::*;

fn size(svg: &str) -> Result<Option<(u32, u32)>, MediaError> {
    measure("media/a.svg", svg.as_bytes())
}

#[test]
fn an_svg_is_measured() {
    for (svg, expected) in [
        ("<?xml version='1.0'?><!-- x --><svg width='40' height='30px' viewBox='0 0 4 3'/>", (40, 30)),
        ("<svg viewBox='0 0 1600 900'></svg>", (1600, 900)),
        ("<svg width='100%' viewBox='0,0,20,10'></svg>", (20, 10)),
        ("<svg width='100' viewBox='0 0 20 10'></svg>", (100, 50)),
        ("<svg height='1in'></svg>", (300, 96)),
    ] {
        assert_eq!(size(svg), Ok(Some(expected)), "{svg}");
    }
}

#[test]
fn an_active_svg_is_refused() {
    for svg in [
        "<svg><script>x</script></svg>",
        "<svg><s:script xmlns:s='http://www.w3.org/2000/svg'/></svg>",
        "<svg onload='x'/>",
        "<svg><a xlink:href=' java\nscript:x'/></svg>",
        "<svg><a href='&#106;avascript:x'/></svg>",
        "<svg><foreignObject/></svg>",
        "<svg><set attributeName='href' to='javascript:x'/></svg>",
        "<svg><a><animate attributeName='href' values='#; javascript:x'/></a></svg>",
        "<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='#x'?><svg/>",
        "<svg xmlns:h='http://www.w3.org/1999/xhtml'><h:meta http-equiv='refresh' content='0;url=x'/></svg>",
        "<svg><form xmlns='http://www.w3.org/1999/xhtml'/></svg>",
        "<svg xmlns:h='http://www.w3.org/1999/xhtm&#108;'><h:form/></svg>",
        "<!DOCTYPE svg [<!ENTITY x 'y'>]><svg>&x;</svg>",
    ] {
        assert!(matches!(size(svg), Err(MediaError::Active(_))), "{svg}");
    }
}

#[test]
fn what_editors_leave_is_harmless() {
    for svg in [
        "<?xml version='1.0' encoding='UTF-8' standalone='no'?><svg/>",
        "<?xml version='1.0' encoding='iso-8859-1'?><!-- Generator --><svg/>",
        "<svg xmlns:h='http://www.w3.org/1999/xhtml' xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><metadata>\
         <?xpacket begin='' id='x'?><r:RDF/><?xpacket end='w'?></metadata><animate values='0;1'/></svg>",
    ] {
        assert_eq!(size(svg), Ok(Some((300, 150))), "{svg}");
    }
    let utf7 = size("<?xml version='1.0' encoding='UTF-7'?><svg/>").expect_err("may hide anything");
    assert!(utf7.to_string().contains("is written in `UTF-7`"), "{utf7}");
}

#[test]
fn what_is_no_image_is_refused() {
    assert_eq!(size("<html></html>"), Err(MediaError::NoImage));
    assert_eq!(size(""), Err(MediaError::NoImage));
    assert_eq!(measure("media/a.png", b"not a png at all"), Err(MediaError::NoImage));
    assert_eq!(measure("media/a.html", b""), Err(MediaError::Page));
    assert_eq!(measure("media/a.pdf", b"%PDF"), Ok(None));
    assert_eq!(measure("media/a.gpx", b"<gpx xmlns='http://www.topografix.com/GPX/1/1'/>"), Ok(None));
    assert!(measure("media/a.kml", b"<kml xmlns:h='http://www.w3.org/1999/xhtml'><h:script/></kml>").is_err());
    assert_eq!(measure("media/.htaccess", b""), Err(MediaError::Kind("htaccess".to_owned())));
    let error = MediaError::Kind("cgi".to_owned()).to_string();
    assert_eq!(error, "is a .cgi, which a host may run or a browser open as a page; put it into a ZIP");
}

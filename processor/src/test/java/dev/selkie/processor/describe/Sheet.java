package dev.selkie.processor.describe;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A drawing read back. */
final class Sheet {
  private static final Pattern SIZE = Pattern.compile("\\.(\\w+)\\{font-size:(\\d+)px");

  /** The widest fixed-width font of the drawing's family, DejaVu Sans Mono: 1233 of 2048 units. */
  private static final double ADVANCE = 1233.0 / 2048;

  /** A stretch of the sheet; {@code words} of a text, the tooltip of a rectangle. */
  record Area(String style, double left, double top, double right, double bottom, String words) {

    boolean overlaps(Area other, double slack) {
      return left + slack < other.right
          && other.left + slack < right
          && top + slack < other.bottom
          && other.top + slack < bottom;
    }

    boolean contains(Area other) {
      return left <= other.left
          && top <= other.top
          && right >= other.right
          && bottom >= other.bottom;
    }
  }

  private final Document document;
  private final Map<String, Integer> sizes = new HashMap<>();

  Sheet(String svg) {
    try {
      document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(svg)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(e);
    }
    Matcher matcher = SIZE.matcher(elements("style").get(0).getTextContent());
    while (matcher.find()) {
      sizes.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
    }
  }

  Area whole() {
    Element svg = document.getDocumentElement();
    return new Area("", 0, 0, number(svg, "width"), number(svg, "height"), "");
  }

  /** Boxes around texts, as wide as the widest font makes them. */
  List<Area> texts() {
    return elements("text").stream().map(this::text).toList();
  }

  List<Area> rectangles(String style) {
    return elements("rect").stream()
        .filter(rectangle -> List.of(rectangle.getAttribute("class").split(" ")).contains(style))
        .map(Sheet::rectangle)
        .toList();
  }

  /** The texts of each element with this tooltip, in order. */
  List<String> wordsUnder(String tooltipStart) {
    for (Element group : elements("g")) {
      if (tooltip(group).startsWith(tooltipStart)) {
        NodeList texts = group.getElementsByTagName("text");
        List<String> words = new ArrayList<>();
        for (int i = 0; i < texts.getLength(); i++) {
          words.add(words((Element) texts.item(i)));
        }
        return words;
      }
    }
    throw new AssertionError("no tooltip starts with " + tooltipStart);
  }

  List<Element> elements(String tag) {
    NodeList found = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private Area text(Element text) {
    String style = text.getAttribute("class");
    String words = words(text);
    double size = sizes.get(style);
    double width =
        words
                .codePoints()
                .mapToDouble(point -> point >= 0x1100 && point != 0x2026 ? 1 : ADVANCE)
                .sum()
            * size;
    double x = number(text, "x");
    double left =
        switch (text.getAttribute("text-anchor")) {
          case "end" -> x - width;
          case "middle" -> x - width / 2;
          default -> x;
        };
    double y = number(text, "y");
    return new Area(style, left, y - 0.75 * size, left + width, y + 0.2 * size, words);
  }

  private static Area rectangle(Element rectangle) {
    double x = number(rectangle, "x");
    double y = number(rectangle, "y");
    return new Area(
        rectangle.getAttribute("class"),
        x,
        y,
        x + number(rectangle, "width"),
        y + number(rectangle, "height"),
        tooltip((Element) rectangle.getParentNode()));
  }

  private static String words(Element text) {
    return text.getLastChild().getTextContent();
  }

  private static String tooltip(Element element) {
    Node first = element.getFirstChild();
    return first != null && first.getNodeName().equals("title") ? first.getTextContent() : "";
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}

package com.amazonaws;

import java.io.File;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Named like the class of the AWS SDK for Java 1 that every client loads first; it finds an endpoint in the way in which the SDK does. */
public class ClientConfiguration {
  private final Protocol protocol = Protocol.HTTPS;

  public Map<String, String> endpointOfSqs() throws Exception {
    Document regions = DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(new File(System.getProperty("com.amazonaws.regions.RegionUtils.fileOverride")));
    NodeList endpoints = regions.getElementsByTagName("Endpoint");
    String host = null;
    for (int i = 0; i < endpoints.getLength(); i++) {
      Element endpoint = (Element) endpoints.item(i);
      if (text(endpoint, "ServiceName").equals("sqs")) host = text(endpoint, "Hostname");
    }
    return Map.of("endpoint", protocol + "://" + host, "variable", System.getenv("AWS_ENDPOINT_URL"));
  }

  private static String text(Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent();
  }
}

package org.scaleinv.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.Set;
import java.util.TreeSet;

/** The schemas that come with the program. */
public final class Schemas {
  private Schemas() {}

  /** Fails with every place at which the document breaks the schema. */
  public static void assertValid(String schema, String json) throws JsonProcessingException {
    assertEquals(Set.of(), faults(schema, new ObjectMapper().readTree(json)));
  }

  static Set<String> faults(String schema, JsonNode document) {
    JsonSchema loaded = JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(Schemas.class.getResourceAsStream("/org/scaleinv/schema/" + schema + ".json"));
    Set<String> faults = new TreeSet<>();
    for (ValidationMessage fault : loaded.validate(document)) {
      faults.add(fault.getMessage());
    }
    return faults;
  }
}

package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fouriermasks.fuzz.Mutations;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Specifications of jobs and studies as strangers might write them: understood, or refused. */
class HostileRequestsTest {

  private static final String JOB =
      """
      {"kind": "image-mask", "model": "surfaces-compact-n", "images": ["1", "2"],
       "preset": "paper", "maxSteps": 20000, "seed": 31, "attacked": false}
      """;

  private static final String STUDY =
      """
      {"name": "five", "architectures": ["compact"], "augmentations": ["n", "adv"],
       "dataset": "samples:surfaces", "seeds": [31, 32],
       "masks": {"model": true, "perClass": false}, "epochs": 2}
      """;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<byte[]> jobs() {
    return Mutations.of(utf8(JOB));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void a_job_is_understood_or_refused(@ForAll("jobs") byte[] text) throws IOException {
    try {
      if (new ObjectMapper().readTree(text) instanceof ObjectNode job) {
        assertThat(StudyDocument.specification("jobs[0]", job)).isNotNull();
      }
    } catch (InvalidSpecificationException e) {
      assertThat(e.getMessage()).isNotBlank();
    } catch (JsonProcessingException e) {
      assertThat(e.getMessage()).as("the server answers 400 to what is no JSON").isNotNull();
    } catch (CharConversionException e) {
      assertThat(e.getMessage()).as("to this too").isNotNull();
    }
  }

  @Provide
  Arbitrary<byte[]> studies() throws IOException {
    return Mutations.of(
        utf8(STUDY), Files.readAllBytes(Path.of("samples/studies/five-augmentations.yaml")));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void a_study_is_understood_or_refused(@ForAll("studies") byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      assertThat(StudyDocument.ofYaml(text)).isNotNull();
    } catch (InvalidSpecificationException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    try {
      assertThat(StudyDocument.ofJson(text)).isNotNull();
    } catch (InvalidSpecificationException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}

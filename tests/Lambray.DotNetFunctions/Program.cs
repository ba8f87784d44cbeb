using System.Globalization;
using System.Text;

// A program that speaks the Runtime API itself, as one that is built on Amazon.Lambda.RuntimeSupport does.
using var http = new HttpClient { BaseAddress = new Uri($"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/"), Timeout = Timeout.InfiniteTimeSpan };
for (var runs = 1; ; runs++)
{
    using var next = await http.GetAsync(new Uri("invocation/next", UriKind.Relative));
    var request = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
    var text = await next.Content.ReadAsStringAsync();
    using var body = new StringContent(text == "\"fail\"" ? """{"errorType":"ProgramError","errorMessage":"as asked"}""" : runs.ToString(CultureInfo.InvariantCulture), Encoding.UTF8, "application/json");
    using var accepted = await http.PostAsync(new Uri($"invocation/{request}/{(text == "\"fail\"" ? "error" : "response")}", UriKind.Relative), body);
    accepted.EnsureSuccessStatusCode();
}

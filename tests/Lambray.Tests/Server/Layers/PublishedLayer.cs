using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Lambray.Tests.Server.Layers;

/// <summary>Publishes layers of a few text files, all of them executable.</summary>
static class PublishedLayer
{
    const int Executable = 0b111_101_101 << 16;

    /// <summary>The new version's ARN.</summary>
    public static async Task<string> PublishLayerAsync(this WholeServer server, string name, params (string Name, string Text)[] files)
    {
        var request = new JsonObject { ["Content"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(Zip(files)) } };
        var answer = await server.SendAsync(HttpMethod.Post, $"/2018-10-31/layers/{name}/versions", request.ToJsonString());
        return answer.Succeeded.GetProperty("LayerVersionArn").GetString()!;
    }

    static byte[] Zip((string Name, string Text)[] files)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                var entry = archive.CreateEntry(name);
                entry.ExternalAttributes = Executable;
                using var writer = new StreamWriter(entry.Open());
                writer.Write(text);
            }
        }
        return bytes.ToArray();
    }
}
